/**
 * An optimizer at work on weights. {@link dev.anneal.core.update.Update} is where to begin: it runs
 * what a rule was compiled to and keeps its state. {@link dev.anneal.core.update.UpdateProgram} is
 * the rule written down, made by letting it describe its step once; sums, functions of matrices and
 * noise in it are what must be known before weights are stored. docs/COMPILER.md follows a rule all
 * the way. No rule of an optimizer is written here.
 */
package dev.anneal.core.update;
