/**
 * From a table to samples: what to predict ({@link dev.anneal.data.prepare.Target}), and how each
 * other column becomes numbers of a sample. A {@link dev.anneal.data.prepare.Pipeline} is learned
 * from the rows that train, is written beside the model as text, and prepares any later table with
 * the same columns in the same way.
 */
package dev.anneal.data.prepare;
