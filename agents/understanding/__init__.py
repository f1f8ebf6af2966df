"""From a person's words to typed intents and facts."""
