"""The truth: models, repositories by noun, migrations, encryption, reference tables."""
