import type * as aws from "@pulumi/aws";

/** An API and the stage at which it answers. What belongs to both names both, so that it can be told whose it is. */
export interface ApiStage {
    readonly api: aws.apigateway.RestApi;
    readonly stage: aws.apigateway.Stage;
}
