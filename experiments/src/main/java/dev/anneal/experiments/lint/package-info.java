/** What can be said against a schedule before it is trained with. */
package dev.anneal.experiments.lint;
