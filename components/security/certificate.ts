import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    allOf,
    hostedZoneId,
    input,
    isCount,
    isEachOnce,
    judgedLater,
    list,
    region,
    required,
    tags,
    text,
    textOf,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { type TagsInput } from "../shared/tags";
import { isDomainName, isKnown, Problems } from "../shared/validation";

/** Arguments of ValidatedCertificate. */
export interface ValidatedCertificateArgs {
    /** The region of what uses the certificate; us-east-1 for CloudFront. */
    region: string;
    /**
     * The names that the certificate is for, 1 to 10; the first, of at most 64 characters, is its subject. A name may
     * begin with `*.`. All must be in the hosted zone. Changing them makes a new certificate before the old one goes.
     * How many there are must be known before the deployment; the names themselves may be outputs, and their validation
     * records are then called after their place in the list.
     */
    domainNames: pulumi.Input<string>[];
    /** Id of the public hosted zone of the names. */
    hostedZoneId: pulumi.Input<string>;
    /** Tags of the certificate, beside the provider's default tags. */
    tags?: TagsInput;
}

/** A domain's validation, as ACM tells it. */
export interface ValidationOption {
    domainName: string;
    resourceRecordName: string;
    resourceRecordType: string;
    resourceRecordValue: string;
}

// AWS Certificate Manager User Guide, "Quotas": names per certificate unless a raise was granted.
export const MAX_CERTIFICATE_NAMES = 10;
// The same, "Certificate characteristics": a subject's common name ends there.
const MAX_SUBJECT_LENGTH = 64;

/**
 * An ACM certificate, validated by DNS.
 *
 * Several stacks may hold a certificate for the same name, and ACM gives all of them one and the same validation
 * record: each writes it, and none deletes it, since the others' renewals need it.
 *
 * Children: `<name>-certificate`, `<name>-record-<domain>` for each name without its `*.`, or `<name>-record-<n>`
 * for the n-th name, counted from 0, where it is an output, `<name>-validation`.
 */
export class ValidatedCertificate extends pulumi.ComponentResource {
    /** ARN of the certificate, known only once it is issued. */
    readonly certificateArn: pulumi.Output<string>;

    constructor(name: string, args: ValidatedCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ValidatedCertificate", name, args, opts);

        const [subject, ...alternatives] = args.domainNames;
        const certificate = new aws.acm.Certificate(
            `${name}-certificate`,
            {
                region: args.region,
                domainName: subject,
                subjectAlternativeNames: alternatives,
                validationMethod: "DNS",
                // What every client of the last decades takes; Route 53's health checkers are among the clients.
                keyAlgorithm: "RSA_2048",
                tags: args.tags,
            },
            { parent: this },
        );
        const records = recordsOf(args.domainNames).map((record) =>
            validationRecord(this, name, args, certificate, record),
        );
        const validation = new aws.acm.CertificateValidation(
            `${name}-validation`,
            {
                region: args.region,
                certificateArn: certificate.arn,
                validationRecordFqdns: records.map((record) => record.fqdn),
            },
            { parent: this },
        );

        this.certificateArn = validation.certificateArn;
        this.registerOutputs({ certificateArn: this.certificateArn });
    }
}

/** The names to validate: a wildcard and the name that it stands above have one record between them. */
export function validatedNames(domainNames: readonly string[]): string[] {
    return [...new Set(domainNames.map(withoutWildcard))];
}

/** The records that validate names: by what they are called, for which domain. */
function recordsOf(
    domainNames: readonly pulumi.Input<string>[],
): { suffix: string; domain: pulumi.Input<string> }[] {
    const plain = validatedNames(domainNames.filter(isKnown));
    const later = domainNames.flatMap((domainName, index) =>
        isKnown(domainName)
            ? []
            : [{ suffix: String(index), domain: pulumi.output(domainName).apply(withoutWildcard) }],
    );
    return [...plain.map((domain) => ({ suffix: domain, domain })), ...later];
}

function withoutWildcard(domainName: string): string {
    return domainName.replace(/^\*\./, "");
}

/** Judges a name of a certificate; the first of a list is its subject. */
export const isCertificateName = allOf(
    unless(
        (name) => isDomainName(withoutWildcard(textOf(name))),
        "a domain name in lower case with two labels at least, which may begin with *.",
    ),
    unless(
        (name, _, { before }) => before.length > 0 || textOf(name).length <= MAX_SUBJECT_LENGTH,
        `at most ${MAX_SUBJECT_LENGTH} characters, because it is the certificate's subject`,
        { remedy: "Put a shorter name first" },
    ),
);

/** The names of a certificate: those that are not known yet are judged when they are. */
export function certificateNames() {
    const allowed = `1 to ${MAX_CERTIFICATE_NAMES} different names`;
    return list(
        judgedLater(input(text("a domain name in lower case", isCertificateName))),
        allowed,
        (names, _, { within }) => {
            const given = Array.isArray(within.domainNames) ? within.domainNames : [];
            const plain = given.filter(isKnown);
            return isCount(names, 1, MAX_CERTIFICATE_NAMES) && isEachOnce(plain)
                ? undefined
                : { shown: plain, allowed };
        },
    );
}

const ARGUMENTS: ArgumentTable<ValidatedCertificateArgs> = {
    region: required(region()),
    domainNames: required(certificateNames()),
    hostedZoneId: required(input(hostedZoneId())),
    tags: tags(),
};

function validate(name: string, given: ValidatedCertificateArgs): ValidatedCertificateArgs {
    const problems = new Problems("meridian:index:ValidatedCertificate", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function validationRecord(
    parent: ValidatedCertificate,
    name: string,
    args: ValidatedCertificateArgs,
    certificate: aws.acm.Certificate,
    { suffix, domain }: { suffix: string; domain: pulumi.Input<string> },
): aws.route53.Record {
    // By name and not by position: ACM's list is a set, in an order of its own.
    const options = certificate.domainValidationOptions;
    const option = isKnown(domain)
        ? options.apply((given) => optionFor(domain, given))
        : pulumi.all([options, domain]).apply(([given, validated]) => optionFor(validated, given));
    return new aws.route53.Record(
        `${name}-record-${suffix}`,
        {
            zoneId: args.hostedZoneId,
            name: option.resourceRecordName,
            type: option.resourceRecordType,
            records: [option.resourceRecordValue],
            // Nobody waits for this record but ACM, which asks again and again.
            ttl: 300,
            // Another stack's certificate for the same name has written the same record.
            allowOverwrite: true,
        },
        // And that certificate cannot be renewed once the record is gone.
        { parent, retainOnDelete: true },
    );
}

/** The option for a name, or for the wildcard above it. */
export function optionFor(domain: string, options: readonly ValidationOption[]): ValidationOption {
    const option = options.find((candidate) => withoutWildcard(candidate.domainName) === domain);
    if (option === undefined) {
        throw new Error(
            `ACM gave no validation record for ${domain}, only for ${options.map((other) => other.domainName).join(", ")}`,
        );
    }
    return option;
}
