package dev.tessera.trainer.gain;

/**
 * A branch and what it is told and says.
 *
 * @param moments of which its vector layers are told the deviations
 * @param statistics of which it says the deviations
 */
public record TrainedBranch(Branch branch, Scale moments, Scale statistics) {}
