import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { ValidatedCertificate } from "../security/certificate";
import { type TagsInput } from "../shared/tags";

/** Whose certificate is looked for. */
export interface DomainCertificateArgs {
    region: string;
    domain: {
        domainName: string;
        alsoNamed?: readonly string[];
        certificateArn?: pulumi.Input<string>;
        hostedZoneId?: pulumi.Input<string>;
    };
    tags: TagsInput;
}

/** The certificate of an API's domain name: the one that was given, or `<name>-certificate`. */
export function domainCertificate(
    name: string,
    { region, domain, tags }: DomainCertificateArgs,
    parent: pulumi.Resource,
): pulumi.Input<string> {
    if (domain.certificateArn !== undefined) {
        return domain.certificateArn;
    }
    return new ValidatedCertificate(
        `${name}-certificate`,
        // Without a certificate there is a zone, or the arguments would have been refused.
        {
            region,
            domainNames: [domain.domainName, ...(domain.alsoNamed ?? [])],
            hostedZoneId: domain.hostedZoneId ?? "",
            tags,
        },
        { parent },
    ).certificateArn;
}

/** Where a domain name of an API leads. */
export interface DomainTarget {
    readonly name: pulumi.Input<string>;
    readonly zoneId: pulumi.Input<string>;
}

/** Makes the records of an API's domain name, `<name>-record-a` and `<name>-record-aaaa`, where there is a zone for them. */
export function domainRecords(
    name: string,
    { domainName, hostedZoneId }: { domainName: string; hostedZoneId?: pulumi.Input<string> },
    target: DomainTarget,
    parent: pulumi.Resource,
): void {
    if (hostedZoneId === undefined) {
        return;
    }
    for (const type of ["A", "AAAA"]) {
        new aws.route53.Record(
            `${name}-record-${type.toLowerCase()}`,
            {
                zoneId: hostedZoneId,
                name: domainName,
                type,
                aliases: [{ ...target, evaluateTargetHealth: false }],
            },
            { parent },
        );
    }
}

/** The address of an API under its domain name. */
export function domainUrl({ domainName, basePath }: { domainName: string; basePath?: string }): string {
    return `https://${domainName}${basePath === undefined ? "" : `/${basePath}`}`;
}
