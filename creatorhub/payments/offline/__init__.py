"""Money that never passes a processor: the shop collects it, and says so.

Owns: OfflinePayment, OfflineRefund, the gateways "cash_on_delivery" and "bank_transfer".
Never: who may say it; that is decided a floor above.
"""
