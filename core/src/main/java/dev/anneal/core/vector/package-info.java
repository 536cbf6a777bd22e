/**
 * The only package that imports the incubating Vector API: {@link
 * dev.anneal.core.vector.VectorBits} asks it how wide the vectors of this machine are. It is
 * touched only where the module {@code jdk.incubator.vector} is present; without it everything runs
 * on scalar code with the same bits. Generated code names the incubator in its own constants, so
 * nothing else need be here.
 */
package dev.anneal.core.vector;
