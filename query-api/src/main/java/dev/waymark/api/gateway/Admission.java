package dev.waymark.api.gateway;

import java.util.List;

/** Who may pass the gate, and who may not. */
record Admission(List<Submission> admitted, List<Refusal> refused) {}
