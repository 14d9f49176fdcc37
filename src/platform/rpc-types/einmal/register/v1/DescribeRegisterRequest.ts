// Original file: einmal/register/v1/register_service.proto


/**
 * Request of DescribeRegister.
 */
export interface DescribeRegisterRequest {
}

/**
 * Request of DescribeRegister.
 */
export interface DescribeRegisterRequest__Output {
}
