/**
 * Networks in one line: {@link dev.anneal.nn.Mlp}, the reference perceptron that a text such as
 * {@code 784-512-200-10} stands for. It stands above the other packages of the module and only puts
 * their parts together. Anything that is more than that belongs below: begin with {@link
 * dev.anneal.nn.model.Model} for what is trained and {@link dev.anneal.nn.training.Training} for
 * how.
 */
package dev.anneal.nn;
