import type * as pulumi from "@pulumi/pulumi";

/** Which of CloudFront's edge locations serve viewers, and so what delivery costs. */
export enum PriceClass {
    /** North America, Europe and Israel: the cheapest. */
    Class100 = "PriceClass_100",
    /** Also most of Asia, the Middle East and Africa. */
    Class200 = "PriceClass_200",
    /** All locations, South America and Oceania included. */
    All = "PriceClass_All",
}

/** How a distribution treats the viewer's country. */
export enum GeoRestrictionType {
    /** Serves every country. */
    None = "none",
    /** Serves the listed countries alone. */
    Whitelist = "whitelist",
    /** Serves all but the listed countries. */
    Blacklist = "blacklist",
}

/** From which countries viewers may come. Everybody else gets status 403 from CloudFront itself. */
export interface GeoRestriction {
    /** Whether the countries are those served or those refused. */
    type: GeoRestrictionType;
    /**
     * Country codes, ISO 3166-1 alpha-2 in upper case, such as `DE`. Required with Whitelist and Blacklist, left
     * out with None.
     */
    countries?: string[];
}

/** A header that CloudFront adds to each request that it sends to the dynamic origin. */
export interface OriginHeader {
    /** Name of the header. Neither one of CloudFront's own (`X-Amz-…`, `X-Edge-…`) nor one that it manages (`Host`). */
    name: string;
    /** Value of the header, kept as a secret in Pulumi's state. 1783 characters at most. */
    value: pulumi.Input<string>;
}
