/**
 * Steps of rules that are not elementwise: functions of a whole matrix. {@link
 * dev.anneal.optimizers.matrix.NewtonSchulz} is the one to begin with; {@link
 * dev.anneal.optimizers.matrix.Preconditioners} and {@link dev.anneal.optimizers.matrix.SoapBases}
 * keep roots and bases from step to step, which EJML decomposes. They are written against the
 * matrices of the API, in either precision. No rule of an optimizer is here: it uses these and says
 * when.
 */
package dev.anneal.optimizers.matrix;
