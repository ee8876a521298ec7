import type * as pulumi from "@pulumi/pulumi";

import { ValidatedCertificate } from "../../security/certificate";
import { EDGE_REGION, type EdgeWebAcl, type EdgeWebAclArgs, makeWebAcl } from "./webAcl";

/** What stands before a distribution's viewers. */
export interface FrontArgs extends Omit<EdgeWebAclArgs, "domainNames"> {
    domainNames: pulumi.Input<string>[];
    hostedZoneId: pulumi.Input<string>;
    /** The certificate, where there is one already. */
    certificateArn?: pulumi.Input<string> | undefined;
}

/** Makes the certificate, where none was given, and the web ACL. */
export function makeFront(
    parent: pulumi.Resource,
    name: string,
    args: FrontArgs,
): { certificateArn: pulumi.Input<string>; webAcl: EdgeWebAcl } {
    const { domainNames, hostedZoneId, tags } = args;
    const certificateArn =
        args.certificateArn ??
        new ValidatedCertificate(
            `${name}-certificate`,
            { region: EDGE_REGION, domainNames, hostedZoneId, tags },
            { parent },
        ).certificateArn;
    return { certificateArn, webAcl: makeWebAcl(parent, name, args) };
}
