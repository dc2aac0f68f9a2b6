/**
 * Where pictures come from and go to: the {@link io.driftrec.storage.ObjectStore} port, its adapters (directory, S3,
 * read-only HTTPS) and the policy that says which locations may be touched.
 *
 * <p>Imports no other package of driftrec; the only package that uses the AWS SDK and an HTTP client.
 */
@NullMarked
package io.driftrec.storage;

import org.jspecify.annotations.NullMarked;
