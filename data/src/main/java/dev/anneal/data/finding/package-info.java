/**
 * What in data may lead a training astray: {@link dev.anneal.data.finding.TableFindings} looks at
 * the columns of a table, {@link dev.anneal.data.finding.PartFindings} at the samples that train
 * and validate. Each rule asks for an effect that matters and for evidence that it is no chance, so
 * that healthy data have none.
 */
package dev.anneal.data.finding;
