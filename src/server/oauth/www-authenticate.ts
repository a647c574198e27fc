/**
 * The challenge for a client that did not authenticate. HTTP wants one on every 401 (RFC 9110 section 15.5.2), so it is sent
 * whether the client used the Authorization header or the body (RFC 6749 section 5.2). `charset` is RFC 7617 section 2.1.
 */
export const clientChallenge = 'Basic realm="oauth", charset="UTF-8"';
