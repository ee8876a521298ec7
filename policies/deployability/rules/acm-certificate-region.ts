import { ifKnown, type Member, object, stackRule, type StackView, text } from "../../framework";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { CERTIFICATE, CERTIFICATE_VALIDATION, DISTRIBUTION, LISTENERS } from "../shared/types";
import { first } from "../shared/values";

const EDGE = "us-east-1";

interface Use {
    readonly type: string;
    /** The property that has, or holds, the ARN. */
    readonly property: string;
    readonly arn: (member: Member) => string | undefined;
    /** Left out: the region of the resource itself. */
    readonly region?: string;
}

const plain = (property: string): Pick<Use, "property" | "arn"> => ({
    property,
    arn: ({ props }) => text(props[property]),
});

const USES: readonly Use[] = [
    ...LISTENERS.map((type): Use => ({ type, ...plain("certificateArn") })),
    { type: "aws:lb/listenerCertificate:ListenerCertificate", ...plain("certificateArn") },
    { type: CERTIFICATE_VALIDATION, ...plain("certificateArn") },
    { type: "aws:apigateway/domainName:DomainName", ...plain("regionalCertificateArn") },
    {
        type: "aws:apigatewayv2/domainName:DomainName",
        property: "domainNameConfiguration",
        arn: ({ props }) => text(first(props.domainNameConfiguration).certificateArn),
    },
    // CloudFront, and Cognito by it, take certificates of one region alone.
    { type: "aws:cognito/userPoolDomain:UserPoolDomain", ...plain("certificateArn"), region: EDGE },
    {
        type: DISTRIBUTION,
        property: "viewerCertificate",
        arn: ({ props }) => text(object(props.viewerCertificate).acmCertificateArn),
        region: EDGE,
    },
];

export const rule = stackRule({
    id: "acm-certificate-region",
    severity: "high",
    description:
        "Certificates are in the region of what uses them, and in us-east-1 for CloudFront and Cognito domains.",
    fix: "Request the certificate, with its CertificateValidation, in the region that is named, by its region argument.",
    frameworks: { controls: ["C8", "F4.1"] },
    types: USES.map(({ type }) => type),
    checkStack: (stack, report) => {
        for (const use of USES) {
            stack.each(stack.ofType(use.type), (user) => {
                const wanted = use.region ?? placeOf(user);
                const given = regionOf(stack, user, use);
                if (wanted !== undefined && given !== undefined && given !== wanted) {
                    report(`uses a certificate of ${given}; allowed: ${wanted}.`, user);
                }
            });
        }
    },
});

function regionOf(stack: StackView, user: Member, { property, arn }: Use): string | undefined {
    const known = arnOf(ifKnown(() => arn(user)));
    if (known !== undefined) {
        return known.service === "acm" ? known.region : undefined;
    }
    const [certificate] = stack.referencesOf(user, property, CERTIFICATE, CERTIFICATE_VALIDATION);
    const place = certificate === undefined ? undefined : placeOf(certificate);
    return place ?? arnOf(arn(user))?.region;
}
