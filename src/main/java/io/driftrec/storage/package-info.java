/**
 * Where pictures come from and go to: the {@link io.driftrec.storage.ObjectStore} port, its adapters (directory, S3,
 * read-only HTTPS) and the policy that says which locations may be touched.
 *
 * <p>Read first {@link io.driftrec.storage.ObjectStore}, then {@link io.driftrec.storage.RoutingStore}, which is the only store
 * that other packages open: it takes a location apart ({@link io.driftrec.storage.Location}), asks the
 * {@link io.driftrec.storage.LocationPolicy}, and passes the call to the adapter of the scheme.
 *
 * <p>What a location means:
 *
 * <ul>
 *   <li>The path of a location is percent-decoded once and then is the object's name: {@code s3://bucket/a%20b} is the key
 *       {@code a b}. Names are UTF-8.
 *   <li>Refused before anything is touched: dot segments, encoded slashes, backslashes and control characters, double encoding,
 *       user information, fragments, and a query outside HTTP(S).
 *   <li>An allow-list entry that ends with {@code /} allows everything below it; one that does not allows exactly that object and
 *       what lies below it at a {@code /}. So {@code s3://bucket/in} allows {@code s3://bucket/in/a.jpg} and not
 *       {@code s3://bucket/input/a.jpg}.
 * </ul>
 *
 * <p>Imports no other package of driftrec; the only package that uses the AWS SDK and an HTTP client.
 */
@NullMarked
package io.driftrec.storage;

import org.jspecify.annotations.NullMarked;
