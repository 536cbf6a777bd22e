/**
 * What schedules will do over a run, before anything is trained. Begin with {@link
 * dev.anneal.preview.Preview} and the {@link dev.anneal.preview.PlannedRun} that it is made for; it
 * reads the very functions that training reads, and a {@link dev.anneal.preview.SampledCurve} has
 * their values along the run. {@link dev.anneal.preview.RecordedMetrics} stand in for what a run
 * would measure. Pictures, pages and text are made of these elsewhere.
 */
package dev.anneal.preview;
