package dev.waymark.api.payload;

import dev.waymark.api.config.ApiConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Objects of a bucket in S3 or in what speaks its protocol. Credentials come from where AWS clients
 * look for them: environment, profile, machine.
 */
final class S3Objects implements ObjectStore {
  private static final String SCHEME = "s3://";
  private static final Duration PATIENCE = Duration.ofMillis(ApiConfig.PATIENCE_MS);
  private static final Duration PATIENCE_OVERALL = PATIENCE.multipliedBy(3);

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  S3Objects(ApiConfig.Objects config) {
    String location = config.location().substring(SCHEME.length());
    int slash = location.indexOf('/');
    bucket = slash < 0 ? location : location.substring(0, slash);
    String folder = slash < 0 ? "" : location.substring(slash + 1);
    prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + '/';
    client = client(config);
  }

  static boolean isFor(String location) {
    return location.startsWith(SCHEME);
  }

  @Override
  public void put(String name, byte[] bytes) {
    try {
      client.putObject(
          request -> request.bucket(bucket).key(prefix + name), RequestBody.fromBytes(bytes));
    } catch (SdkException e) {
      throw new ObjectsUnavailableException(e);
    }
  }

  @Override
  public Optional<byte[]> get(String name) {
    try {
      return Optional.of(
          client
              .getObjectAsBytes(request -> request.bucket(bucket).key(prefix + name))
              .asByteArray());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new ObjectsUnavailableException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static S3Client client(ApiConfig.Objects config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.s3Region()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(PATIENCE)
                    .socketTimeout(PATIENCE))
            .overrideConfiguration(each -> each.apiCallTimeout(PATIENCE_OVERALL))
            // The bytes are at hand, so they are signed as a whole and sent as they are.
            .serviceConfiguration(each -> each.chunkedEncodingEnabled(false))
            // Stores other than AWS's do not all know its newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    if (!config.s3Endpoint().isEmpty()) {
      // A bucket's name is no host name there.
      builder.endpointOverride(URI.create(config.s3Endpoint())).forcePathStyle(true);
    }
    return builder.build();
  }
}
