/**
 * The command {@code anneal}. Begin with {@link dev.anneal.cli.Main}; each class named {@code
 * Command} is one subcommand, and {@code Plugins} brings in the jars of strangers before anything
 * is read. Options, the terminal and exit codes are dealt with here, and the order in which the
 * other modules are asked. What a program without a terminal could want too belongs into one of
 * those.
 */
package dev.anneal.cli;
