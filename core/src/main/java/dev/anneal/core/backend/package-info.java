/**
 * What the engine computes with: {@link dev.anneal.core.backend.Backend} says which kernels run
 * (vectors of how many bits, or scalars), whether they fuse, and why not the faster ones, to
 * whoever measures or reports. It only looks; what is chosen is chosen below.
 */
package dev.anneal.core.backend;
