/**
 * The built-in optimizers: one record a rule, and those that wrap another one. {@link
 * dev.anneal.optimizers.Sgd} is the simplest to begin with, {@link dev.anneal.optimizers.Clip}
 * shows how a wrapper looks; {@link dev.anneal.optimizers.BuiltInOptimizers} lists them all. A rule
 * describes its step and holds no state. What several rules share, such as weight decay and
 * momentum in its two forms, is here beside them; functions of whole matrices are in the package
 * below.
 */
package dev.anneal.optimizers;
