/** A certificate of nobody, good for a hundred years, for servers of specs on this machine. Its key is no secret. */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7Lo57iUz0kq+acbY
Yqsf9HcV3y/MSLQdkYgR36JPWqWhRANCAAQk7REezz4uBYg/y9kTbs/NdKkerr+Y
rcJjP++/O5dvB5CQbUEz8PKIgL+Y0MkeDoyTdcmYBkH1OLqhVy7t5+ju
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUcOB8iln+1aNwhA79bcnL0EA2RXgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjE4MTgwMVoYDzIxMjYxMTAy
MTgxODAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQk7REezz4uBYg/y9kTbs/NdKkerr+YrcJjP++/O5dvB5CQbUEz8PKI
gL+Y0MkeDoyTdcmYBkH1OLqhVy7t5+juo28wbTAdBgNVHQ4EFgQUx1H9JdNiuSoJ
QYsqEzqUs9MJWjIwHwYDVR0jBBgwFoAUx1H9JdNiuSoJQYsqEzqUs9MJWjIwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAOJxn9kxaDk1Pi7udqMehZtnVYD6+DmOs2rx0NSfKzAUAiEA
r/VR/WQFkHLKjdyG+hip2KXoBrOIzyfiBwkzYMjrmbk=
-----END CERTIFICATE-----
`,
}
