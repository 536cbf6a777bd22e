/**
 * Tables as people have them, in files of text: {@link dev.anneal.data.table.Table#read} notices
 * how a file is written ({@link dev.anneal.data.table.Dialect}), as far as it is not told ({@link
 * dev.anneal.data.table.TableOptions}), and what each column holds ({@link
 * dev.anneal.data.table.Column}); {@link dev.anneal.data.table.Table#write} writes them. It knows
 * nothing of targets, preparations or models.
 */
package dev.anneal.data.table;
