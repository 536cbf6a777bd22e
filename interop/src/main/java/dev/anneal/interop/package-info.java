/**
 * To other frameworks and back. {@link dev.anneal.interop.Translators} is where to begin: it writes
 * a schedule as a program for Keras, PyTorch or Optax, and reads what one of them saved. What a
 * certain schedule is called elsewhere comes from a {@link dev.anneal.interop.Translator}, a
 * service that a jar of plugins may bring too; {@link dev.anneal.interop.PythonWriter} is what it
 * writes with. Only schedules are translated, and nothing is run.
 */
package dev.anneal.interop;
