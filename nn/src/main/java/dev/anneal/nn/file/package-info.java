/**
 * Files that outlive a crash, and what models are kept in. {@link dev.anneal.nn.file.Safetensors}
 * is the content of a file of named arrays; {@link dev.anneal.nn.file.AtomicFile} writes any file
 * so that it appears complete or not at all; {@link dev.anneal.nn.file.CheckpointFolder} keeps the
 * last generations of a run and {@link dev.anneal.nn.file.BackgroundWriter} writes them beside the
 * training. Nothing here knows what the arrays mean.
 */
package dev.anneal.nn.file;
