/**
 * What can be said against a schedule before it is trained with. {@link
 * dev.anneal.preview.lint.Linter} is where to begin: it asks every {@code Rule}, and each {@link
 * dev.anneal.preview.lint.Finding} says what is wrong and what to write instead. Rules judge
 * schedules by their values, boundaries and parts, so that they serve those of strangers too. Wrong
 * input is no finding: it is refused where it is read.
 */
package dev.anneal.preview.lint;
