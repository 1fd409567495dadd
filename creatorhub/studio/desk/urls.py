from django.urls import include, path

from creatorhub.studio.desk.views import audit, payouts, policy, reports, stuck

urlpatterns = [
    path("", payouts.payouts, name="desk_payouts"),
    path("run/", payouts.run, name="desk_run"),
    path("runs/<int:pk>/", payouts.run_result, name="desk_run_result"),
    path("reports/", reports.report_list, name="desk_reports"),
    path("reports/<int:pk>/", reports.report_decide, name="desk_report"),
    path("quarantine/", stuck.quarantine, name="desk_quarantine"),
    path("quarantine/<int:pk>/", stuck.quarantine_close, name="desk_quarantine_close"),
    path("stuck/", stuck.stuck, name="desk_stuck"),
    path("stuck/messages/<int:pk>/replay/", stuck.replay_message, name="desk_replay_message"),
    path("stuck/events/<int:pk>/replay/", stuck.replay_event, name="desk_replay_event"),
    path("policy/", policy.policy_page, name="desk_policy"),
    path("ledger/", include("creatorhub.studio.desk.ledger.urls")),
    path("audit/", audit.audit_log, name="desk_audit"),
]
