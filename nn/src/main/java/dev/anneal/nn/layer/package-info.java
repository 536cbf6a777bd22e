/**
 * The layers that come with the library, each a record that says how its output is computed. {@link
 * dev.anneal.nn.layer.Dense} is where to begin, {@link dev.anneal.nn.layer.BatchNormalization}
 * shows what a layer may keep from step to step. They use nothing that a layer of a stranger could
 * not use: no gradient is written by hand, and what a layer is stands with the model.
 */
package dev.anneal.nn.layer;
