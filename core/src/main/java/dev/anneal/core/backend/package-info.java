/**
 * What the engine computes with: {@link dev.anneal.core.backend.Backend} tells it to whoever
 * measures or reports. It only looks; what is chosen is chosen below.
 */
package dev.anneal.core.backend;
