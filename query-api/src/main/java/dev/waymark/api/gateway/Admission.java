package dev.waymark.api.gateway;

import java.util.List;

/** Who may pass the gate, and why the others may not. */
public record Admission(List<Submission> admitted, List<Rejection> refused) {}
