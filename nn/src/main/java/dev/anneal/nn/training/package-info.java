/**
 * Training, step by step and epoch by epoch. Begin with {@link dev.anneal.nn.training.Training},
 * which says what to train and how, and the {@link dev.anneal.nn.training.Trainer} that it makes; a
 * {@link dev.anneal.nn.training.Session} is the one loop of all that trains. A {@link
 * dev.anneal.nn.training.TrainingListener} looks on, and a {@link dev.anneal.nn.training.History}
 * is what stays. Within, {@code TrainingGroups} picks the plan for the groups that are trained now.
 * Where data comes from, and what is written to disk, is decided by others.
 */
package dev.anneal.nn.training;
