/**
 * What is trained: the contracts of models, layers and losses. Begin with {@link
 * dev.anneal.nn.model.Model} and {@link dev.anneal.nn.model.Layer}; a {@link
 * dev.anneal.nn.model.Scope} is what a layer writes its computation with and names its weights by,
 * and {@link dev.anneal.nn.model.TracedModel} is a model written out as nodes. Certain layers and
 * losses are in packages of their own and are known to nobody here.
 */
package dev.anneal.nn.model;
