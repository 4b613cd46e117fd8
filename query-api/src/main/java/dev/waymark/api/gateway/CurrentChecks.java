package dev.waymark.api.gateway;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.TenantsFile;
import dev.waymark.checks.Checks;
import dev.waymark.checks.tenant.InvalidTenantsException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks as the file of tenants has them now. A file that was changed for the worse changes
 * nothing: the checks stay as they were, the log says once what is wrong with it, and the meter
 * {@code waymark.tenants.file.invalid} is 1 until it is right.
 */
@Singleton
final class CurrentChecks {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentChecks.class);

  private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

  private final TenantsFile file;
  private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
  private volatile boolean isInvalid;
  private FileTime modifiedAt;
  private volatile Checks checks;

  CurrentChecks(ApiConfig config, AccountKeys keys, MeterRegistry meters)
      throws IOException, InvalidTenantsException {
    this.file = config.tenants();
    this.modifiedAt = file.modifiedAt();
    this.checks = new Checks(file.read(), keys);
    meters.gauge("waymark.tenants.file.invalid", this, CurrentChecks::invalid);
  }

  /** 1 where the file is wrong, now that it is looked at. */
  private int invalid() {
    get();
    return isInvalid ? 1 : 0;
  }

  /** Looks at the file every {@link #LOOK_NANOS} at most. */
  Checks get() {
    long now = System.nanoTime();
    long last = lookedAt.get();
    if (now - last > LOOK_NANOS && lookedAt.compareAndSet(last, now)) {
      refresh();
    }
    return checks;
  }

  /** Reads the file again where it was written since. */
  private synchronized void refresh() {
    try {
      FileTime now = file.modifiedAt();
      if (now.equals(modifiedAt)) {
        return;
      }
      modifiedAt = now;
      checks = checks.with(file.read());
      isInvalid = false;
      LOG.atInfo().addKeyValue("file", file.path()).log("tenants changed");
    } catch (IOException | InvalidTenantsException e) {
      if (!isInvalid) {
        LOG.atWarn()
            .addKeyValue("file", file.path())
            .addKeyValue("problem", e.getMessage())
            .log("tenants not changed");
      }
      isInvalid = true;
    }
  }
}
