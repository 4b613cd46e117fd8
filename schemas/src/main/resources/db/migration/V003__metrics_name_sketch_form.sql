-- Before anything was released the sketches took the library's own form instead of protobuf: a twentieth of the
-- bytes, a fiftieth of the time to merge.
COMMENT ON COLUMN metrics_1m.latency_sketch IS 'DDSketch of tool latency in ms, as DDSketch.encode of sketches-java writes it';
COMMENT ON COLUMN metrics_1m.gen_latency_sketch IS 'DDSketch of model latency in ms, as DDSketch.encode of sketches-java writes it';
COMMENT ON COLUMN metrics_1h.latency_sketch IS 'DDSketch of tool latency in ms, as DDSketch.encode of sketches-java writes it';
COMMENT ON COLUMN metrics_1h.gen_latency_sketch IS 'DDSketch of model latency in ms, as DDSketch.encode of sketches-java writes it';
COMMENT ON COLUMN metrics_1d.latency_sketch IS 'DDSketch of tool latency in ms, as DDSketch.encode of sketches-java writes it';
COMMENT ON COLUMN metrics_1d.gen_latency_sketch IS 'DDSketch of model latency in ms, as DDSketch.encode of sketches-java writes it';
