"""The corpus generator: every text the demo model learns from comes from these grammars."""
