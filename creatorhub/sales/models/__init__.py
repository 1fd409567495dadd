"""What was sold, to whom it belongs, why it waits, what was given back."""

from creatorhub.sales.models.appeal import Appeal
from creatorhub.sales.models.cash import CashOrder, HandRefund, OfflineTerms, TransferReceipt
from creatorhub.sales.models.checkout import Checkout, ShippingCharge
from creatorhub.sales.models.dispute import (
    Dispute,
    DisputeLine,
    DisputeStatement,
    Rehold,
    SaleFreeze,
)
from creatorhub.sales.models.refund import Refund, RefundLine, ReturnedPayment
from creatorhub.sales.models.refund_request import RefundRequest, RefundRequestLine
from creatorhub.sales.models.sale import Hold, Sale, SaleLine

__all__ = [
    "Appeal",
    "CashOrder",
    "Checkout",
    "Dispute",
    "DisputeLine",
    "DisputeStatement",
    "HandRefund",
    "Hold",
    "OfflineTerms",
    "Refund",
    "RefundLine",
    "RefundRequest",
    "RefundRequestLine",
    "Rehold",
    "ReturnedPayment",
    "Sale",
    "SaleFreeze",
    "SaleLine",
    "ShippingCharge",
    "TransferReceipt",
]
