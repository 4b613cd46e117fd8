package dev.waymark.schemas.rule;

/**
 * Dotted paths into activation and target whose values must be equal for the one to answer the
 * other.
 */
public record Correlation(String activationPath, String targetPath) {}
