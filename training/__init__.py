"""How the shipped recogniser is made: corpus, augmentation, training, measuring."""
