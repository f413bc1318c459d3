"""What minex reads held against what it should read."""
