"""The one door to models: what may be asked, what it may cost, how it fails. Those who ask live elsewhere."""
