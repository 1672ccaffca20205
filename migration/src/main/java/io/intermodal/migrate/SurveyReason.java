package io.intermodal.migrate;

import io.intermodal.evaluate.Score;

/**
 * Says what kept a result from being a SUCCESS.
 *
 * @param id id of the test or rule, or the cycle that broke down
 * @param title its name, or the step that broke down
 * @param score what it scored
 * @param explanation why, in a sentence
 */
public record SurveyReason(String id, String title, Score score, String explanation) {}
