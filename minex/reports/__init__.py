"""What a group reads: what changed, and why."""
