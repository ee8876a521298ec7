/** The customer's bank says no. Another attempt would be answered likewise. */
export class PaymentDeclined extends Error {
    override readonly name = "PaymentDeclined";
}

/** The provider takes a call for wrong: a fault of ours, or of an agreement with it. */
export class PaymentRefused extends Error {
    override readonly name = "PaymentRefused";
}

/** The provider does not answer, or is being left alone. What it has done is not known: the same call finds out. */
export class PaymentProviderUnavailable extends Error {
    override readonly name = "PaymentProviderUnavailable";
}
