/**
 * Files that models and the states of runs are kept in: named arrays with their shapes, and texts.
 * A {@link dev.anneal.nn.file.StoredArray} is one of the arrays, of one type of numbers, in
 * row-major order. Nothing here knows what the arrays mean: that is for those who write them.
 */
package dev.anneal.nn.file;
