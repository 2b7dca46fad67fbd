"""Reception 受付: a visit, its procedures, and what was asked."""
