"""Words around what was decided: the coach's voice where a model is set up and allowed."""
