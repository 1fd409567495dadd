"""What staff decide: payouts, reports, payments put aside, stuck work, the policy."""
