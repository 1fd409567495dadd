from django.urls import include, path

from creatorhub.studio.cash import desk_views as cash_desk_views
from creatorhub.studio.desk.views import audit, batches, payouts, policy, refunds, reports, stuck

urlpatterns = [
    path("", payouts.payouts, name="desk_payouts"),
    path("run/", payouts.run, name="desk_run"),
    path("runs/<int:pk>/", payouts.run_result, name="desk_run_result"),
    path("batches/", batches.batch_list, name="desk_batches"),
    path("batches/<int:pk>/", batches.batch, name="desk_batch"),
    path("batches/<int:pk>/step/", batches.batch_step, name="desk_batch_step"),
    path("batches/<int:pk>/refuse/", batches.batch_refuse, name="desk_batch_refuse"),
    path("batches/<int:pk>/file/", batches.batch_file, name="desk_batch_file"),
    path("batches/payouts/<int:pk>/paid/", batches.payout_paid, name="desk_payout_paid"),
    path(
        "batches/payouts/<int:pk>/returned/", batches.payout_returned, name="desk_payout_returned"
    ),
    path("batches/payouts/<int:pk>/proof/", batches.payout_proof, name="desk_payout_proof"),
    path("balances/", batches.balances, name="desk_balances"),
    path("disputes/", include("creatorhub.studio.desk.disputes.urls")),
    path("", include("creatorhub.studio.desk.holds.urls")),
    path("reports/", reports.report_list, name="desk_reports"),
    path("reports/<int:pk>/", reports.report_decide, name="desk_report"),
    path("refunds/", refunds.refund_desk, name="desk_refunds"),
    path("refunds/<int:pk>/", refunds.refund_decide, name="desk_refund"),
    path("refunds/failed/<int:pk>/", refunds.refund_failed, name="desk_refund_failed"),
    path("refunds/returns/<int:pk>/", refunds.return_failed, name="desk_return_failed"),
    path("quarantine/", stuck.quarantine, name="desk_quarantine"),
    path("quarantine/<int:pk>/", stuck.quarantine_close, name="desk_quarantine_close"),
    path("stuck/", stuck.stuck, name="desk_stuck"),
    path("stuck/messages/<int:pk>/replay/", stuck.replay_message, name="desk_replay_message"),
    path("stuck/events/<int:pk>/replay/", stuck.replay_event, name="desk_replay_event"),
    path("policy/", policy.policy_page, name="desk_policy"),
    path("ledger/", include("creatorhub.studio.desk.ledger.urls")),
    path("cash/", cash_desk_views.cash_desk, name="desk_cash"),
    path("cash/<int:pk>/", cash_desk_views.cash_decide, name="desk_cash_decide"),
    path("cash/refunds/<int:pk>/", cash_desk_views.cash_contest, name="desk_cash_contest"),
    path("cash/shops/<int:pk>/", cash_desk_views.cash_privilege, name="desk_cash_privilege"),
    path("audit/", audit.audit_log, name="desk_audit"),
]
