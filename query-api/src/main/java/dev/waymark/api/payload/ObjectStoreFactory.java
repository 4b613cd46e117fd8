package dev.waymark.api.payload;

import dev.waymark.api.config.ApiConfig;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** A folder, or a bucket where the location names one. */
@Factory
final class ObjectStoreFactory {
  @Singleton
  @Bean(preDestroy = "close")
  ObjectStore objects(ApiConfig config) {
    String location = config.objects().location();
    return S3Objects.isFor(location)
        ? new S3Objects(config.objects())
        : new DirectoryObjects(Path.of(location));
  }
}
