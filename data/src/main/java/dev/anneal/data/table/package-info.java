/**
 * Tables as people have them, in files of text: {@link dev.anneal.data.table.Table#read} notices
 * how a file is written ({@link dev.anneal.data.table.Dialect}) and what each column holds ({@link
 * dev.anneal.data.table.Column}). It knows nothing of targets, preparations or models.
 */
package dev.anneal.data.table;
