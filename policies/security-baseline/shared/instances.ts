/** What instances are started from. */
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const INSTANCE = "aws:ec2/instance:Instance";
export const SPOT_REQUEST = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
export const LAUNCH_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
export const INSTANCE_TYPES = [TEMPLATE, INSTANCE, SPOT_REQUEST, LAUNCH_CONFIGURATION] as const;
